/** How many times as long as in every run of the tests a storm blows; a release takes more. */
export const STORMS = Number(process.env.STORMS ?? 1)

/** How many runs a storm has that usually has this many. */
export const stormRuns = (usual: number) => usual * STORMS
