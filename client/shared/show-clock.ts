/** "mm:ss", minutes not limited to 59; a begun second is shown as whole, so 00:00 means that nothing is left. */
export function showClock(remainingMs: number): string {
  const seconds = Math.ceil(remainingMs / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
