const letters = '0123456789abcdefghijklmnopqrstuv';

/** 20 characters, 100 random bits. getRandomValues also exists over plain HTTP, randomUUID does not. */
export function randomId(
  fill: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  return Array.from(fill(new Uint8Array(20)), (byte) => letters.charAt(byte % 32)).join('');
}
