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
): void {
  app.post('/wire/:name', guard, async (req, res) => {
    const name = String(req.params['name']);
    if (!isRequestName(name)) throw new Refusal('NOT_FOUND');
    const reply = await answer(
      name,
      req.body,
      await senderOf(req, requests[name].who === 'employee' ? 'employee' : 'staff'),
    );
    res.status(reply.ok ? 200 : errors[reply.code].status).json(reply);
  });
}
