/** How long a proof of who a person is counts, for acts that could cost them their account. */
export const PROOF_MINUTES = 10
