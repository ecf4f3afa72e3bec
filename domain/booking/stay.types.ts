/** How long a party stays at most, in minutes: as long as the longest slot. */
export const MOST_STAY_MINUTES = 720
