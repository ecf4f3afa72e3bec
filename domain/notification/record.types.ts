/** A notice as it reads; links that open doors are left out. Null text: erased with its person. */
export type NoticeRecord = { id: string; subject: string; text: string | null }
