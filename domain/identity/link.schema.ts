import { z } from 'zod'

/** Whatever it is, it is either a link of ours or unknown: nothing about its shape is told. */
export const linkToken = z.string().max(200)

export const linkRequest = z.strictObject({ token: linkToken })
