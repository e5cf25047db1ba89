/** The whole server but for its process: pages, wire, deadlines. Store, clock, keys and folders are arguments. */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { composeAccess, type ComposedAccess } from './access/compose-access.ts';
import type { ServerKeys } from './access/keys.ts';
import { languageOf } from './access/language-of.ts';
import { signedIn } from './access/require-act.ts';
import { extractHead, type ChainHead } from './audit/checkpoint.ts';
import { makeCheckpoint } from './audit/make-checkpoint.ts';
import type { SealingKey } from './audit/seal.ts';
import type { Clock } from './clock.ts';
import { composeDelivery, type Composed } from './compose-delivery.ts';
import type { InsertEntries } from './delivery/journal.ts';
import { createCodeMaker, type CodeMaker } from './delivery/code-maker.ts';
import { detachTerminal } from './delivery/acts/detach-terminal.ts';
import { registerAuditRoutes } from './pages/audit-routes.ts';
import { registerCommissionRoutes } from './pages/commission-routes.ts';
import { registerMonitorRoutes } from './pages/monitor-routes.ts';
import { registerPsychologyRoutes } from './pages/psychology-routes.ts';
import { registerStartRoutes } from './pages/start-routes.ts';
import type { Pages } from './pages/pages.ts';
import { createPdfRenderer, type PdfRenderer } from './reports/render-pdf.ts';
import { renderPage } from './reports/render-page.ts';
import { createCheckpointKeeper, newestCheckpointOf } from './store/checkpoint-keeper.ts';
import { chainRange } from './store/chain-record.ts';
import type { Store } from './store/open-store.ts';
import { createEdge, type Sender } from './wire/bind.ts';
import { serveHttpTwin } from './wire/serve-http-twin.ts';
import { serveSocket, type SocketServer } from './wire/serve-socket.ts';
import type { Log } from './access/send-refusal.ts';

export interface AppInput {
  readonly store: Store;
  readonly clock: Clock;
  readonly keys: ServerKeys;
  readonly nodeId: string;
  readonly demonstration: boolean;
  readonly publicUrl: string | null;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly trustProxy: number | false;
  readonly plainHttp: boolean;
  readonly timeZone: string;
  /** folder of package.json */
  readonly root: string;
  /** folder that checkpoints are exported to */
  readonly checkpointFolder: string;
  readonly sealingKey: () => SealingKey;
  readonly ready: () => boolean;
  readonly demonstrationCode: () => Promise<string | null>;
  readonly log: Log;
  readonly insertEntries?: (insert: InsertEntries) => InsertEntries;
}

export interface App {
  readonly express: Express;
  readonly http: HttpServer;
  readonly io: SocketServer;
  readonly access: ComposedAccess;
  readonly composed: Composed;
  readonly codes: CodeMaker;
  readonly pdf: PdfRenderer;
  /** seals the heads of chains that grew since the last checkpoint */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

const codeLifeMs = 12 * 3600_000;

export async function buildApp(x: AppInput): Promise<App> {
  const app = express();
  const http = x.tls ? createHttpsServer(x.tls, app) : createHttpServer(app);
  const codes = createCodeMaker(x.keys.code, codeLifeMs);
  const grown = new Set<string>();
  const composed = composeDelivery({
    store: x.store,
    clock: x.clock,
    demonstration: x.demonstration,
    codes,
    sealingKey: x.sealingKey,
    fault: (e, attempt) => x.log('error', { attempt, err: e }, 'fault in delivery'),
    changed: (attemptId) => grown.add(attemptId),
    ...(x.insertEntries ? { insertEntries: x.insertEntries } : {}),
  });
  const { delivery } = composed;
  const staffSockets = new Map<string, Set<{ disconnect(close: boolean): void }>>();
  const access = await composeAccess({
    store: x.store,
    clock: x.clock,
    keys: x.keys,
    nodeId: x.nodeId,
    attempts: delivery.store,
    codes,
    origin: { publicUrl: x.publicUrl, tls: x.tls !== null, trustProxy: x.trustProxy },
    demonstration: x.demonstration,
    plainHttp: x.plainHttp,
    timeZone: x.timeZone,
    assetsFolder: join(x.root, 'dist', 'client'),
    show: renderPage,
    log: x.log,
    onSeatTaken: (attemptId, by) => composed.seatTaken(attemptId, by),
    staffChanged: (accountId) => {
      for (const s of staffSockets.get(accountId) ?? []) s.disconnect(true);
    },
  });
  const answer = createEdge({
    handlers: composed.handlers,
    now: () => x.clock.now(),
    mayStaff: (id, act) => access.mayStaff(id, act),
    log: x.log,
  });
  const pdf = createPdfRenderer({
    workerFile: join(x.root, 'dist', 'server', 'reports', 'pdf-worker.js'),
    root: x.root,
  });
  const keeper = createCheckpointKeeper(x.store, x.checkpointFolder);

  async function checkpoint(): Promise<void> {
    const at = x.clock.now();
    const ids = [...grown];
    grown.clear();
    try {
      const heads: ChainHead[] = [];
      for (const of of ids) {
        const [last] = await x.store.journal
          .find({ _id: chainRange(of) })
          .sort({ _id: -1 })
          .limit(1)
          .lean();
        if (last) heads.push({ chain: 'attempt', of, n: last.n, hash: last.hash });
      }
      await makeCheckpoint(keeper, heads, x.sealingKey(), at);
    } catch (e) {
      for (const of of ids) grown.add(of);
      throw e;
    }
  }

  const pages: Pages = {
    store: x.store,
    clock: x.clock,
    register: composed.register,
    pdf,
    audit: access.audit,
    demonstration: x.demonstration,
    timeZone: x.timeZone,
    requireAct: access.requireAct,
    signedIn: (req) => signedIn(access.staffOf, req),
    frame: access.frameOf,
    languageOf,
    sealingKey: x.sealingKey,
    checkpointOf: async (attemptId, n) => {
      let found = await newestCheckpointOf(x.store, attemptId);
      if (!found?.heads.some((h) => h.of === attemptId && h.n === n)) {
        grown.add(attemptId);
        await checkpoint();
        found = await newestCheckpointOf(x.store, attemptId);
      }
      return found === null ? null : extractHead(found, 'attempt', attemptId);
    },
  };

  access.use(app);
  access.register(app);
  registerStartRoutes(app, pages, {
    clientFolder: join(x.root, 'dist', 'client'),
    ready: x.ready,
    demonstrationCode: x.demonstrationCode,
  });
  registerCommissionRoutes(app, pages);
  registerPsychologyRoutes(app, pages);
  registerAuditRoutes(app, pages);
  registerMonitorRoutes(app, pages);
  serveHttpTwin(
    app,
    access.requireAct('POST /wire/:name'),
    answer,
    async (req, as): Promise<Sender | null> => {
      if (as === 'employee') {
        const attemptId = await access.seatOf(req.headers.cookie);
        return attemptId === null ? null : { as, attemptId, link: null };
      }
      const staff = await access.staffOf(req);
      return staff && { as: 'staff', accountId: staff.accountId, watch: null };
    },
    () => x.clock.now(),
  );
  access.finish(app);

  const io = serveSocket(http, {
    answer,
    originAllowed: (headers) => access.originAllowed(headers),
    senderOf: async (request) => {
      const wantsStaff = new URL(request.url ?? '/', 'http://localhost').searchParams.get('as') === 'staff';
      if (wantsStaff) {
        const staff = await access.staffOfHandshake(request.headers.cookie);
        return staff && { as: 'staff', accountId: staff.accountId, untilMs: staff.untilAt - x.clock.now() };
      }
      const attemptId = await access.seatOf(request.headers.cookie);
      return attemptId === null ? null : { as: 'employee', attemptId };
    },
    terminalLeft: (attemptId, link, silentMs) => detachTerminal(delivery, attemptId, link, silentMs),
    staffJoined: (accountId, socket) => {
      const sockets = staffSockets.get(accountId) ?? new Set();
      staffSockets.set(accountId, sockets.add(socket));
      return () => sockets.delete(socket);
    },
  });

  return {
    express: app,
    http,
    io,
    access,
    composed,
    codes,
    pdf,
    checkpoint,
    close: async () => {
      await io.close();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
      await composed.journal.idle();
      await pdf.close();
    },
  };
}
