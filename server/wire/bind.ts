/**
 * The one edge between the wire and the acts: checks the shape, asks who may, runs the act, turns refusals into codes and faults into
 * INTERNAL. The socket and its HTTP twin both come through `answer`.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { randomUUID } from 'node:crypto';
import { errors, Refusal, type ErrorCode } from '../errors.ts';
import type { Link } from '../delivery/live-attempts.ts';
import { requests, type In, type Out, type Reply, type RequestName } from './contract.ts';

/** Who sends, as the handshake or the cookies of a request say; checked again at every message. */
export type Sender =
  | { readonly as: 'employee'; readonly attemptId: string; readonly link: Link | null }
  | {
      readonly as: 'staff';
      readonly accountId: string;
      /** begins the live view on this connection; null over HTTP */ readonly watch:
        ((room: WatchRoom) => void) | null;
    };

/** What a watching connection needs of the room. */
export interface WatchRoom {
  watch(send: (message: Out<'room:watch'>) => void): () => void;
}

export type EmployeeSender = Extract<Sender, { as: 'employee' }>;
type StaffSender = Extract<Sender, { as: 'staff' }>;
type SenderOf<K extends RequestName> = (typeof requests)[K]['who'] extends 'employee'
  ? EmployeeSender
  : StaffSender;

/** One act per row of the contract. receivedAt: steady clock, taken before any queue. */
export type Handlers = {
  readonly [K in RequestName]: (message: In<K>, sender: SenderOf<K>, receivedAt: number) => Promise<Out<K>>;
};

export interface EdgeDeps {
  readonly handlers: Handlers;
  now(): number;
  /** asks policy whether this sender may send this request now */
  mayStaff(accountId: string, request: RequestName): Promise<boolean>;
  log(level: 'info' | 'warn' | 'error', fields: Readonly<Record<string, unknown>>, text: string): void;
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: false });
const validators = new Map<string, ValidateFunction>(
  Object.entries(requests).map(([name, row]) => [name, ajv.compile(row.in)]),
);

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

export type Answer = (
  name: RequestName,
  message: unknown,
  sender: Sender | null,
  /** steady clock, when the message was whole; now where it is left out */
  receivedAt?: number,
) => Promise<Reply<RequestName>>;

/** Makes the function that answers every request of the contract. */
export function createEdge(d: EdgeDeps): Answer {
  return async function answer(name, message, sender, receivedAt = d.now()) {
    try {
      if (sender === null) throw new Refusal('NOT_SIGNED_IN');
      const valid = validators.get(name);
      if (!valid?.(message)) throw new Refusal('BAD_SHAPE', valid?.errors?.[0]?.instancePath ?? '');
      return { ok: true, data: await run(d, name, message, sender, receivedAt) };
    } catch (e) {
      if (e instanceof Refusal) {
        const code: ErrorCode = e.code;
        const fields = { request: name, code, detail: e.detail, ...whoFields(sender) };
        d.log(errors[code].level, fields, 'refused');
        return refusalReply(e);
      }
      const errorId = randomUUID();
      d.log('error', { request: name, errorId, err: e, ...whoFields(sender) }, 'fault');
      return { ok: false, code: 'INTERNAL', errorId };
    }
  };
}

function refusalReply(e: Refusal): Reply<RequestName> {
  return { ok: false, code: e.code } as Reply<RequestName>;
}

function whoFields(sender: Sender | null): Record<string, string> {
  if (sender === null) return {};
  return sender.as === 'employee' ? { attempt: sender.attemptId } : { account: sender.accountId };
}

/** The message has passed the schema of its row, so it has the type of its row: the one place that says so. */
async function run<K extends RequestName>(
  d: EdgeDeps,
  name: K,
  message: unknown,
  sender: Sender,
  receivedAt: number,
): Promise<Out<K>> {
  const needs = requests[name].who;
  if ((needs === 'employee') !== (sender.as === 'employee')) throw new Refusal('FORBIDDEN');
  if (sender.as === 'staff' && !(await d.mayStaff(sender.accountId, name))) throw new Refusal('FORBIDDEN');
  const act = d.handlers[name] as (m: unknown, s: Sender, at: number) => Promise<Out<K>>;
  return act(message, sender, receivedAt);
}
