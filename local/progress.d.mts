/** `progress.mjs` is JavaScript because it is needed before TypeScript can run. */
export interface Progress {
  say: (line: string) => void
  step: <T>(label: string, work: (report: (detail: string) => void) => Promise<T> | T) => Promise<T>
}

export function makeProgress(out?: NodeJS.WriteStream): Progress
