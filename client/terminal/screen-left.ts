/**
 * After the end a person clears the screen. The terminal's cookie may still be valid, so the page remembers not to show that attempt
 * again to whoever sits down next.
 */
const keptUnder = 'adil.left';

export function leaveScreen(attemptId: string): void {
  try {
    localStorage.setItem(keptUnder, attemptId);
  } catch {
    // Without storage a reload shows the receipt again until the next person signs in.
  }
}

export function isScreenLeft(attemptId: string): boolean {
  try {
    return localStorage.getItem(keptUnder) === attemptId;
  } catch {
    return false;
  }
}

export function forgetScreen(): void {
  try {
    localStorage.removeItem(keptUnder);
  } catch {
    // nothing was kept
  }
}
