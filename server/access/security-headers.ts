/** What every answer tells the browser to refuse. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { ownOrigin, type OriginRules } from './origin.ts';

const self = "'self'";
const none = "'none'";
const halfYearS = 180 * 24 * 3600;
const switchedOff = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

/** Older browsers do not count a websocket to the same host as 'self': its origin is named. */
function socketOrigin(own: string | null): string {
  return own === null ? self : own.replace(/^http/, 'ws');
}

export function securityHeaders(rules: OriginRules): RequestHandler {
  const encrypted = rules.tls || rules.publicUrl?.startsWith('https:') === true;
  const protect = helmet({
    contentSecurityPolicy: {
      // Without the defaults: they hold upgrade-insecure-requests, which breaks plain HTTP in a local network.
      useDefaults: false,
      directives: {
        defaultSrc: [none],
        scriptSrc: [self],
        styleSrc: [self],
        imgSrc: [self, 'data:'],
        fontSrc: [self],
        connectSrc: [self, (req) => socketOrigin(ownOrigin(req.headers, rules))],
        formAction: [self],
        frameAncestors: [none],
        baseUri: [none],
      },
    },
    strictTransportSecurity: encrypted && { maxAge: halfYearS, includeSubDomains: false },
    // With "no-referrer", helmet's own choice, browsers send "Origin: null" with the forms of this very site.
    referrerPolicy: { policy: 'same-origin' },
    // Browsers ignore it, with a warning, where the page is not encrypted.
    crossOriginOpenerPolicy: encrypted,
    xFrameOptions: { action: 'deny' },
  });
  const permissions = switchedOff.map((feature) => `${feature}=()`).join(', ');
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', permissions);
    protect(req, res, next);
  };
}

/** For pages and replies: they speak of persons and must not stay in a shared computer. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};
