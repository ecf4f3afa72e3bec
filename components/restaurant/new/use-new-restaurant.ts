'use client'

import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useAction } from '@/components/ui/use-action'
import { openOwnRestaurant } from '@/domain/restaurant/settings.actions'
import { proposeSlug } from '@/domain/restaurant/slug.rules'
import type { NewRestaurantDraft } from '@/domain/restaurant/types'
import { type Locale, localisePath } from '@/lib/i18n/locale'

type Field = keyof NewRestaurantDraft

export const steps: { name: 'name' | 'place' | 'slug'; fields: Field[] }[] = [
  { name: 'name', fields: ['name', 'nameEn', 'category'] },
  { name: 'place', fields: ['region', 'address', 'phone'] },
  { name: 'slug', fields: ['slug'] },
]
const optional = new Set<Field>(['nameEn'])
const nothing: NewRestaurantDraft = {
  name: '',
  nameEn: '',
  category: '',
  region: '',
  address: '',
  phone: '',
  slug: '',
}

/** The fields of the three steps, the step on the screen, and the problems found. */
export function useNewRestaurant({ locale, failed }: { locale: Locale; failed: string }) {
  const router = useRouter()
  const [draft, setDraft] = useState(nothing)
  const [step, setStep] = useState(0)
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set())
  const { run, isRunning, refusal } = useAction({ failed })
  const form = useRef<HTMLFormElement>(null)
  const fields = steps[step]?.fields ?? []
  const isLast = step === steps.length - 1
  const proposal = refusal?.reason === 'slug-taken' ? String(refusal.details.proposal ?? '') : ''
  useFocusOnStep({ form, step, wrong })

  const change = (field: Field, value: string) => {
    setDraft((before) => ({ ...before, [field]: value }))
    setWrong(new Set([...wrong].filter((one) => one !== field)))
  }
  const goTo = (next: number) => {
    if (steps[next]?.name === 'slug' && draft.slug === '')
      setDraft((before) => ({ ...before, slug: proposeSlug(before) }))
    setStep(next)
  }
  const create = () =>
    run(
      async () => {
        const answer = await openOwnRestaurant({ ...draft, locale })
        if (!answer.ok) showRefusal(answer.details.fields)
        return answer
      },
      ({ slug }) => router.push(localisePath({ path: `/owner/${slug}`, locale })),
    )
  const showRefusal = (told: unknown) => {
    const named = Array.isArray(told) ? told.map(({ field }: { field: unknown }) => `${field}`) : []
    setWrong(new Set(named))
    const first = steps.findIndex((one) => one.fields.some((field) => named.includes(field)))
    if (first >= 0) setStep(first)
  }
  const submit = () => {
    const empty = fields.filter((field) => !optional.has(field) && draft[field].trim() === '')
    setWrong(new Set(empty))
    if (empty.length > 0) return
    if (isLast) create()
    else goTo(step + 1)
  }
  return { form, draft, step, wrong, proposal, refusal, isRunning, change, goTo, submit }
}

/** A new step moves the focus to its question; a problem moves it to its field. */
function useFocusOnStep({
  form,
  step,
  wrong,
}: {
  form: RefObject<HTMLFormElement | null>
  step: number
  wrong: ReadonlySet<string>
}) {
  const seen = useRef(step)
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid]')
    if (wrong.size > 0) field?.focus()
    else if (seen.current !== step) form.current?.querySelector<HTMLElement>('h2')?.focus()
    seen.current = step
  }, [form, step, wrong])
}
