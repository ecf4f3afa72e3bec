/** '10:00' for 600 minutes after midnight. */
export function formatClock(minutes: number): string {
  const parts = [Math.floor(minutes / 60), minutes % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** NaN: the text is not a time. */
export function readClock(text: string): number {
  const parts = /^(\d{2}):(\d{2})$/.exec(text)
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : Number.NaN
}
