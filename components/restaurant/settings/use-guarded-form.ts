'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { type ActionRefusal, useAction } from '@/components/ui/use-action'
import { mergeEdits } from '@/domain/restaurant/rules'
import type { ActionAnswer } from '@/lib/problems/result'

type Values = Record<string, unknown>
type Save<Draft> = (asked: {
  version: number
  draft: Draft
}) => Promise<ActionAnswer<{ version: number }>>

/** The stored values from a refusal's details, as far as this form has such fields. */
function readPresent<Stored extends Values>({
  stored,
  details,
}: {
  stored: Stored
  details: Values
}) {
  const present = Object(details.present)
  const found = Object.keys(stored).map((field) => [
    field,
    field in present ? present[field] : stored[field],
  ])
  const version = typeof details.version === 'number' ? details.version : 0
  return { version, present: { ...stored, ...Object.fromEntries(found) } }
}

/** The fields that a refusal names, without their form's prefix: `profile.name` is `name`. */
function listInvalid(refusal: ActionRefusal | null): ReadonlySet<string> {
  const fields = refusal?.details.fields
  if (!Array.isArray(fields)) return new Set()
  return new Set(
    fields.map(({ field }: { field: unknown }) => String(field).replace(/^(profile|rules)\./, '')),
  )
}

/**
 * A form for data that two people may save at once. Nothing typed is lost: fields that only the
 * other person changed are taken over, and fields that both changed show both values. If the other
 * person changed nothing in this form, it saves without a question.
 */
export function useGuardedForm<Stored extends Values, Draft extends Values>({
  stored,
  version,
  toDraft,
  save,
  failed,
}: {
  /** The values as of page load. */
  stored: Stored
  version: number
  toDraft: (stored: Stored) => Draft
  save: Save<Draft>
  /** The message when no answer came. */
  failed: string
}) {
  const [shown, setShown] = useState(() => ({ version, base: toDraft(stored) }))
  const [draft, setDraft] = useState(shown.base)
  const [conflicts, setConflicts] = useState<Partial<Draft>>({})
  const [isSaved, setIsSaved] = useState(false)
  const { run, isRunning, refusal } = useAction({ failed })
  const form = useRef<HTMLFormElement>(null)
  const isDirty = JSON.stringify(draft) !== JSON.stringify(shown.base)
  useUnsavedWarning(isDirty)

  const change = (part: Partial<Draft>) => {
    setIsSaved(false)
    setDraft((before) => ({ ...before, ...part }))
  }
  const settle = (field: keyof Draft & string, part: Partial<Draft> = {}) => {
    change(part)
    setConflicts((before) => ({ ...before, [field]: undefined }))
  }

  const meet = async (answer: Extract<ActionAnswer<unknown>, { ok: false }>) => {
    const now = readPresent({ stored, details: answer.details })
    const present = toDraft(now.present)
    const { merged, conflicts: met, taken } = mergeEdits({ base: shown.base, mine: draft, present })
    setShown({ version: now.version, base: present })
    if (Object.keys(met).length === 0 && taken.length === 0)
      return save({ version: now.version, draft })
    setDraft(merged)
    setConflicts(met)
    return answer
  }

  const submit = () => {
    setIsSaved(false)
    setConflicts({})
    run(
      async () => {
        const answer = await save({ version: shown.version, draft })
        return !answer.ok && answer.reason === 'changed-meanwhile' ? meet(answer) : answer
      },
      (value) => {
        setShown({ version: value.version, base: draft })
        setIsSaved(true)
      },
    )
  }

  useFocusOnTrouble({ form, refusal })

  const invalid = listInvalid(refusal)
  return {
    form,
    draft,
    change,
    settle,
    submit,
    isRunning,
    isDirty,
    refusal,
    invalid,
    conflicts,
    isSaved,
  }
}

/** Moves the focus to the first field that is wrong or has two values. */
function useFocusOnTrouble({
  form,
  refusal,
}: {
  form: RefObject<HTMLFormElement | null>
  refusal: ActionRefusal | null
}) {
  useEffect(() => {
    if (refusal)
      form.current?.querySelector<HTMLElement>('[aria-invalid], [data-conflict]')?.focus()
  }, [form, refusal])
}

/** Makes the browser ask before unsaved text is lost. */
function useUnsavedWarning(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isDirty])
}
