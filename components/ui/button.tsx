import clsx from 'clsx'
import type { ComponentProps } from 'react'

type Look = {
  /** `main`: the primary action. `danger`: it takes something away. */
  tone?: 'main' | 'outline' | 'quiet' | 'danger' | 'kakao' | 'naver'
  /** `large` is for staff with full hands: 64 px. */
  size?: 'regular' | 'large'
  isWide?: boolean
}

const tones = {
  main: 'border-accent bg-accent text-on-accent hover:brightness-110',
  outline: 'border-quiet bg-raised text-ink hover:border-ink',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-line/60',
  danger: 'border-refusal bg-raised text-refusal hover:bg-refusal/10',
  kakao: 'border-kakao bg-kakao text-on-kakao hover:brightness-95',
  // White on Naver's green lacks contrast; their rules also allow a plain button.
  naver: 'border-naver bg-raised text-ink hover:bg-naver/10',
}
const sizes = { regular: 'min-h-12 px-4 text-17', large: 'min-h-16 px-5 text-20' }

/** For links that look like buttons. */
export function styleButton({ tone = 'main', size = 'regular', isWide = false }: Look = {}) {
  return clsx(
    'inline-flex items-center justify-center gap-2 rounded-small border py-2 text-center font-semibold',
    'transition-[background-color,border-color,filter] no-underline select-none',
    'disabled:cursor-default disabled:opacity-60 disabled:hover:brightness-100 print:hidden',
    tones[tone],
    sizes[size],
    isWide && 'w-full',
  )
}

export function Button({
  tone,
  size,
  isWide,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Look) {
  const look = styleButton({
    ...(tone && { tone }),
    ...(size && { size }),
    ...(isWide && { isWide }),
  })
  return <button type={type} className={clsx(look, className)} {...rest} />
}
