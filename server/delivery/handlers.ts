/** One act per row of the contract: what the wire edge calls. */
import type { CodeMaker } from './code-maker.ts';
import type { Delivery } from './delivery.ts';
import type { Room } from './room.ts';
import type { EmployeeSender, Handlers } from '../wire/bind.ts';
import type { MonitorRow } from '../wire/contract.ts';
import { acceptNotice } from './acts/accept-notice.ts';
import { admitAttempt } from './acts/admit-attempt.ts';
import { attachTerminal } from './acts/attach-terminal.ts';
import { confirmIdentity } from './acts/confirm-identity.ts';
import { declineNotice } from './acts/decline-notice.ts';
import { handInSection } from './acts/hand-in-section.ts';
import { issueAttempt, type IssueInput } from './acts/issue-attempt.ts';
import {
  recordAtTerminal,
  type RecordKind,
  type RecordRequest,
  type Stored,
} from './acts/record-at-terminal.ts';
import { setLanguage } from './acts/set-language.ts';
import { startSection } from './acts/start-section.ts';
import { transferAttempt } from './acts/transfer-attempt.ts';
import type { Out } from '../wire/contract.ts';

export interface HandlerDeps {
  readonly delivery: Delivery;
  readonly codes: CodeMaker;
  readonly room: Room;
  /** every row of the monitor, for its first message */
  allRows(): Promise<MonitorRow[]>;
  listPeople(): Promise<Out<'people:list'>>;
  /** person, programme and what is needed to draw the form; null parts become NOT_FOUND */
  issueInput(personId: string, programme: { id: string; version: string }, by: string): Promise<IssueInput>;
}

function numbered(m: { epoch: number; clientSeq: number }): { epoch: number; clientSeq: number } {
  return { epoch: m.epoch, clientSeq: m.clientSeq };
}

export function createHandlers(x: HandlerDeps): Handlers {
  const d = x.delivery;
  const record = <K extends RecordKind>(
    s: EmployeeSender,
    r: RecordRequest<K>,
    at: number,
  ): Promise<Stored> => recordAtTerminal(d, s.attemptId, { ...r, byHttp: s.link === null }, at);
  return {
    'attempt:attach': (m, s) => attachTerminal(d, s.attemptId, m.clientId, s.link),
    'identity:confirm': (m, s) => confirmIdentity(d, s.attemptId, m.epoch),
    'notice:accept': (m, s) => acceptNotice(d, s.attemptId, m),
    'notice:decline': (m, s) => declineNotice(d, s.attemptId, m.epoch),
    'section:start': (m, s) => startSection(d, s.attemptId, m),
    'language:set': (m, s) => setLanguage(d, s.attemptId, m),
    'answer:submit': (m, s, at) =>
      record(s, { ...numbered(m), kind: 'answered', body: { itemId: m.itemId, value: m.value } }, at),
    'item:view': (m, s, at) => record(s, { ...numbered(m), kind: 'viewed', body: { itemId: m.itemId } }, at),
    'item:flag': (m, s, at) =>
      record(s, { ...numbered(m), kind: 'flagged', body: { itemId: m.itemId, flagged: m.flagged } }, at),
    'fault:report': (m, s, at) =>
      record(s, { ...numbered(m), kind: 'fault', body: { itemId: m.itemId, text: m.text } }, at),
    'section:hand-in': (m, s) => handInSection(d, s.attemptId, m),
    'room:watch': async (_, s) => {
      s.watch?.(x.room);
      return { rows: await x.allRows(), serverAt: d.clock.now() };
    },
    'people:list': () => x.listPeople(),
    'attempt:issue': async (m, s) =>
      issueAttempt(d, x.codes, await x.issueInput(m.personId, m.programme, s.accountId)),
    'attempt:transfer': (m, s) => transferAttempt(d, x.codes, m.attemptId, s.accountId),
    'attempt:admit': (m, s) => admitAttempt(d, m.attemptId, s.accountId),
  };
}
