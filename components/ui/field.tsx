import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

type Told = { label: ReactNode; hint?: ReactNode; error?: ReactNode }

const box =
  'w-full rounded-small border border-quiet bg-raised px-3 text-17 text-ink placeholder:text-quiet aria-invalid:border-2 aria-invalid:border-refusal disabled:opacity-60'

/** The label above, a hint below, and the error text, all tied to the control. */
function Labelled({
  label,
  hint,
  error,
  id,
  children,
}: Told & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-15 text-quiet">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-15 font-medium text-refusal">
          {error}
        </p>
      )}
    </div>
  )
}

function useTies({
  hint,
  error,
  id,
}: {
  hint: ReactNode
  error: ReactNode
  id?: string | undefined
}) {
  const ownId = useId()
  const fieldId = id ?? ownId
  const described = [error && `${fieldId}-error`, hint && `${fieldId}-hint`].filter(Boolean)
  return {
    id: fieldId,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': error ? true : undefined,
  }
}

export function TextField({
  label,
  hint,
  error,
  className,
  ...rest
}: ComponentProps<'input'> & Told) {
  const ties = useTies({ hint, error, id: rest.id })
  return (
    <Labelled label={label} hint={hint} error={error} id={ties.id}>
      {/* Two fields may share one error below both, which is then tied to each by hand. */}
      <input {...ties} {...rest} id={ties.id} className={clsx(box, 'min-h-12', className)} />
    </Labelled>
  )
}

export function TextArea({
  label,
  hint,
  error,
  className,
  ...rest
}: ComponentProps<'textarea'> & Told) {
  const ties = useTies({ hint, error, id: rest.id })
  return (
    <Labelled label={label} hint={hint} error={error} id={ties.id}>
      <textarea rows={2} {...rest} {...ties} className={clsx(box, 'min-h-12 py-2.5', className)} />
    </Labelled>
  )
}

export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...rest
}: ComponentProps<'select'> & Told) {
  const ties = useTies({ hint, error, id: rest.id })
  return (
    <Labelled label={label} hint={hint} error={error} id={ties.id}>
      <select {...rest} {...ties} className={clsx(box, 'min-h-12', className)}>
        {children}
      </select>
    </Labelled>
  )
}

/** A checkbox, or with `type="radio"` one of several choices; its whole line can be tapped. */
export function CheckField({
  label,
  hint,
  error,
  type = 'checkbox',
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> &
  Told & {
    type?: 'checkbox' | 'radio'
  }) {
  const ties = useTies({ hint, error, id: rest.id })
  return (
    <div className="flex flex-col">
      <label htmlFor={ties.id} className="flex min-h-12 cursor-pointer items-center gap-3">
        <input {...rest} {...ties} type={type} className="size-6 shrink-0 accent-accent" />
        <span className="font-medium">{label}</span>
      </label>
      {hint && (
        <p id={`${ties.id}-hint`} className="pl-9 text-15 text-quiet">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${ties.id}-error`} className="pl-9 text-15 font-medium text-refusal">
          {error}
        </p>
      )}
    </div>
  )
}
