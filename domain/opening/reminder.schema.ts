import { z } from 'zod'

export const reminderAbout = z.enum(['OPENING', 'TURN'])
export type ReminderAbout = z.infer<typeof reminderAbout>

export const reminderRequest = z.strictObject({ openingId: z.uuid() })
export const reminderRemoval = reminderRequest.extend({ about: reminderAbout })
