/** Something went wrong that can be told in one Chinese sentence. */
export class Told extends Error {}

/** The server said no, in one Chinese sentence that says what to do. */
export class ApiError extends Told {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, string> = {},
    /** Seconds, where the server said when to come back. */
    readonly retryAfter: number | null = null,
    /** Our own server said it, not something between. */
    readonly ours = true,
  ) {
    super(message)
  }
}

/** Nobody answered. The browser only guesses; a request tells. */
export class OfflineError extends Told {
  constructor(message = "网络断开了，请看看网络，再试一次。") {
    super(message)
  }
}

/** What to show of anything that was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Told ? error.message : "出了点问题，请再试一次。"
}
