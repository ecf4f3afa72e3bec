/**
 * The time zone of a test's restaurant: neither that of this process nor that of the browser, not a
 * whole hour from UTC, and at every hour of UTC one of the two where it is between half past seven
 * in the morning and a quarter to eleven at night. So no day cut (05:00) falls into a test.
 */
export function chooseTimeZone(now: Date): 'Asia/Kathmandu' | 'Pacific/Marquesas' {
  const hour = now.getUTCHours()
  return hour >= 4 && hour < 17 ? 'Asia/Kathmandu' : 'Pacific/Marquesas'
}

/** The same for all of a test file, however long it runs. */
export const TIME_ZONE = chooseTimeZone(new Date())
