import type { Express, Request, RequestHandler } from 'express';
import { errors, Refusal } from '../errors.ts';
import { isRequestName, type Answer, type Sender } from './bind.ts';
import { requests } from './contract.ts';

/** The HTTP twin of the socket: the same requests, shapes and refusals, for a network that lets no websocket through. */
export function serveHttpTwin(
  app: Express,
  guard: RequestHandler,
  answer: Answer,
  senderOf: (req: Request, as: Sender['as']) => Promise<Sender | null>,
  now: () => number,
): void {
  const arrivals = new WeakMap<Request, number>();
  // The body is whole here; who sent it is asked after, which may take its time.
  const noteArrival: RequestHandler = (req, _res, next) => {
    arrivals.set(req, now());
    next();
  };
  app.post('/wire/:name', noteArrival, guard, async (req, res) => {
    const name = String(req.params['name']);
    if (!isRequestName(name)) throw new Refusal('NOT_FOUND');
    const reply = await answer(
      name,
      req.body,
      await senderOf(req, requests[name].who === 'employee' ? 'employee' : 'staff'),
      arrivals.get(req),
    );
    res.status(reply.ok ? 200 : errors[reply.code].status).json(reply);
  });
}
