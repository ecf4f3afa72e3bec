import { Mailbox } from '@/local/inbox/mailbox'
import { type Misbehaviour, openMailDoor } from '@/local/inbox/smtp'
import { openMailWeb } from '@/local/inbox/web'

export interface Inbox {
  /** For SMTP_URL. */
  smtpUrl: string
  /** The page; its JSON twin is at `/api/messages?to=` and `/api/messages/{id}`. */
  pageUrl: string
  mailbox: Mailbox
  /** Makes the SMTP side go wrong, until it is called with null. */
  misbehave: (misbehaviour: Misbehaviour | null) => void
  countConnections: () => number
  stop: () => Promise<void>
}

export interface InboxPlan {
  smtpPort?: number
  pagePort?: number
  /** Null: mails live as long as the inbox. */
  folder?: string | null
}

/** Accepts every mail by SMTP and shows it on a page. Ports not given are chosen. */
export async function startInbox(plan: InboxPlan = {}): Promise<Inbox> {
  const mailbox = new Mailbox(plan.folder ?? null)
  await mailbox.load()
  const door = await openMailDoor({ mailbox, port: plan.smtpPort ?? 0 })
  const web = await openMailWeb({ mailbox, port: plan.pagePort ?? 0 })
  return {
    smtpUrl: `smtp://127.0.0.1:${door.port}`,
    pageUrl: `http://127.0.0.1:${web.port}`,
    mailbox,
    misbehave: door.misbehave,
    countConnections: door.countConnections,
    stop: async () => {
      await Promise.all([door.stop(), web.stop()])
    },
  }
}
