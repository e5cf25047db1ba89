/** One employee of a test: from the code in hand to a running section, with numbered answers. */
import type { AttemptView, In, LanguageCode, Out, Reply, Value } from '../../server/wire/contract.ts';
import { randomId } from '../../server/random-id.ts';
import type { Browser } from './browse.ts';
import type { TestTerminal } from './open-test-terminal.ts';
import type { IssueOptions, TestServer } from './start-test-server.ts';

export interface TestPerson {
  readonly attemptId: string;
  readonly code: string;
  browser: Browser;
  terminal: TestTerminal;
  clientId: string;
  epoch: number;
  /** the last view the server sent in answer to an act of this person */
  view: AttemptView;
  nextSeq: number;
  /** accepts the notice and is admitted */
  prepare(language?: LanguageCode): Promise<void>;
  /** opens the next section */
  begin(language?: LanguageCode): Promise<AttemptView>;
  /** an answer under the next number */
  answer(itemId: string, value: Value): Promise<Reply<'answer:submit'>>;
  /** @throws Error when it is refused */
  mustAnswer(itemId: string, value: Value): Promise<Out<'answer:submit'>>;
  submit(message: Partial<In<'answer:submit'>>): Promise<Reply<'answer:submit'>>;
  handIn(): Promise<AttemptView>;
  /** loses the connection; the server has noticed when this resolves */
  lose(): Promise<void>;
  /** comes back with the same page */
  comeBack(): Promise<AttemptView>;
  /** another page of the same browser, or another browser: a new client */
  reload(browser?: Browser): Promise<AttemptView>;
  /** the id of an item of the open section */
  item(index: number): string;
  /** a value that the item of the open section can take */
  value(index: number, option?: number): Value;
}

/** Issues an attempt, signs in and attaches. */
export async function invitePerson(t: TestServer, o: IssueOptions = {}): Promise<TestPerson> {
  const { attemptId, code } = await t.issue(o);
  const browser = await t.signIn(code);
  const terminal = await t.terminal(browser);
  const clientId = randomId();
  const view = await terminal.must('attempt:attach', { clientId });

  const open = () => {
    if (p.view.open === null) throw new Error('no section is open');
    return p.view.open;
  };
  async function attach(): Promise<AttemptView> {
    p.terminal = await t.terminal(p.browser);
    p.view = await p.terminal.must('attempt:attach', { clientId: p.clientId });
    p.epoch = p.view.epoch;
    p.nextSeq = Math.max(p.view.nextClientSeq, p.nextSeq);
    return p.view;
  }

  const p: TestPerson = {
    attemptId,
    code,
    browser,
    terminal,
    clientId,
    epoch: view.epoch,
    view,
    nextSeq: 1,
    prepare: async (language = 'kk') => {
      await p.terminal.must('identity:confirm', { epoch: p.epoch });
      const { version } = p.view.programme.notice;
      p.view = await p.terminal.must('notice:accept', { epoch: p.epoch, version, language });
      if (p.view.programme.admission === 'operator') {
        await t.admit(attemptId);
        p.view = await p.terminal.next('attempt:changed');
      }
    },
    begin: async (language = 'kk') => {
      const next = p.view.sections.find((s) => s.status === 'ahead');
      if (!next) throw new Error('no section is ahead');
      p.view = await p.terminal.must('section:start', { epoch: p.epoch, section: next.id, language });
      return p.view;
    },
    submit: (m) =>
      p.terminal.ask('answer:submit', {
        epoch: p.epoch,
        clientSeq: p.nextSeq,
        itemId: p.item(0),
        value: p.value(0),
        ...m,
      }),
    answer: (itemId, value) => {
      const clientSeq = p.nextSeq;
      p.nextSeq += 1;
      return p.terminal.ask('answer:submit', { epoch: p.epoch, clientSeq, itemId, value });
    },
    mustAnswer: async (itemId, value) => {
      const reply = await p.answer(itemId, value);
      if (!reply.ok) throw new Error(`answer: ${reply.code}`);
      return reply.data;
    },
    handIn: async () => {
      p.view = await p.terminal.must('section:hand-in', { epoch: p.epoch, section: open().section });
      return p.view;
    },
    lose: () => t.hangUp(attemptId, p.terminal),
    comeBack: attach,
    reload: async (at) => {
      if (at) p.browser = at;
      p.clientId = randomId();
      p.nextSeq = 1;
      return attach();
    },
    item: (index) => open().items[index]?.id ?? 'no-such-item',
    value: (index, option = 0) => open().items[index]?.options[option]?.value ?? null,
  };
  return p;
}

/** A person whose first section is open. */
export async function beginPerson(t: TestServer, o: IssueOptions = {}): Promise<TestPerson> {
  const p = await invitePerson(t, o);
  await p.prepare();
  await p.begin();
  return p;
}
