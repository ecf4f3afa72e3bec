/**
 * Loaded before a process' own code (`--import`): its clock is wrong by `CLOCK_SHIFT_MS`,
 * everywhere and from the start, like a server whose clock was never set. Monotonic time is not
 * changed.
 */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const RealDate = Date

globalThis.Date = new Proxy(RealDate, {
  construct: (_, args) =>
    args.length === 0 ? new RealDate(RealDate.now() + shiftMs) : new RealDate(...args),
  apply: () => new RealDate(RealDate.now() + shiftMs).toString(),
  get: (target, name) =>
    name === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, name),
})
