import { describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { originAllowed, ownOrigin, type OriginRules } from '../../server/access/origin.ts';
import { securityHeaders } from '../../server/access/security-headers.ts';

const plain: OriginRules = { publicUrl: null, tls: false, trustProxy: false };

async function headersUnder(rules: OriginRules, host = 'adil.test:3000') {
  const app = express();
  app.use(securityHeaders(rules));
  app.get('/', (_req, res) => void res.send('x'));
  return (await request(app).get('/').set('host', host)).headers;
}

describe('headers', () => {
  test('the content security policy allows our own files and our own socket, nothing inline', async () => {
    const csp = (await headersUnder(plain))['content-security-policy'];
    expect(csp?.split(';').sort()).toEqual(
      [
        "base-uri 'none'",
        "connect-src 'self' ws://adil.test:3000",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
      ].sort(),
    );
  });

  test('HSTS and wss under TLS only', async () => {
    expect((await headersUnder(plain))['strict-transport-security']).toBeUndefined();
    for (const rules of [
      { ...plain, tls: true },
      { ...plain, publicUrl: 'https://adil.example.kz' },
    ]) {
      const headers = await headersUnder(rules);
      expect(headers['strict-transport-security']).toMatch(/max-age=\d{6,}/);
      expect(headers['content-security-policy']).toMatch(/connect-src 'self' wss:\/\//);
    }
  });

  test('a Host that is no host does not get into the policy', async () => {
    const csp = (await headersUnder(plain, "a; script-src 'unsafe-inline'"))['content-security-policy'];
    expect(csp).not.toContain('unsafe-inline');
  });

  test('the referrer policy lets forms of this site name their Origin', async () => {
    // with no-referrer a browser sends "Origin: null", and every form would be refused
    expect((await headersUnder(plain))['referrer-policy']).toBe('same-origin');
    expect((await headersUnder(plain))['permissions-policy']).toContain('camera=()');
  });
});

describe('Origin', () => {
  test.each<[string, Partial<OriginRules>, Record<string, string>, boolean]>([
    ['same host', {}, { host: 'a.kz', origin: 'http://a.kz' }, true],
    ['same host and port', {}, { host: 'a.kz:3000', origin: 'http://a.kz:3000' }, true],
    ['IPv6', {}, { host: '[::1]:3000', origin: 'http://[::1]:3000' }, true],
    ['default port', {}, { host: 'a.kz:80', origin: 'http://a.kz' }, true],
    ['missing', {}, { host: 'a.kz' }, false],
    ['null', {}, { host: 'a.kz', origin: 'null' }, false],
    ['other port', {}, { host: 'a.kz:3000', origin: 'http://a.kz:3001' }, false],
    ['other scheme', {}, { host: 'a.kz', origin: 'https://a.kz' }, false],
    ['prefix', {}, { host: 'a.kz', origin: 'http://a.kz.evil.kz' }, false],
    ['user in the host', {}, { host: 'a.kz@evil.kz', origin: 'http://evil.kz' }, false],
    ['no host', {}, { origin: 'http://a.kz' }, false],
    ['TLS here', { tls: true }, { host: 'a.kz', origin: 'https://a.kz' }, true],
    ['PUBLIC_URL', { publicUrl: 'https://a.kz' }, { host: '10.0.0.1:3000', origin: 'https://a.kz' }, true],
    [
      'PUBLIC_URL, by another name',
      { publicUrl: 'https://a.kz' },
      { host: 'b.kz', origin: 'http://b.kz' },
      false,
    ],
    [
      'proxy not trusted',
      {},
      { host: 'in:3000', 'x-forwarded-host': 'a.kz', 'x-forwarded-proto': 'https', origin: 'https://a.kz' },
      false,
    ],
    [
      'proxy trusted',
      { trustProxy: 1 },
      { host: 'in:3000', 'x-forwarded-host': 'a.kz', 'x-forwarded-proto': 'https', origin: 'https://a.kz' },
      true,
    ],
  ])('%s', (_what, rules, headers, allowed) => {
    expect(originAllowed(headers, { ...plain, ...rules })).toBe(allowed);
  });

  test('is null where the request does not name a host', () => {
    expect(ownOrigin({}, plain)).toBeNull();
  });
});
