import { z } from 'zod'
import { deviceForm, endpointForm } from './subscription.schema'

/** What a ticket's page is called: whoever knows it holds the ticket. */
const ticketToken = z.string().max(100)

export const guestDeviceForm = deviceForm.extend({ ticket: ticketToken })
export const guestEndpointForm = endpointForm.extend({ ticket: ticketToken })
