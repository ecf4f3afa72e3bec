/**
 * Redis answered, and its answer is an error: a script that it doesn't run, a key of another type, a
 * role without the permission. Asking again soon changes nothing, and neither does waiting.
 */
export class RefusedCommand extends Error {}
