import type { CSSProperties, ReactNode } from 'react'
import { Button, Heading, Link, Section, Text } from 'react-email'
import { size, tint } from './tokens'

const ink = tint({ text: 'ink' })
const quiet = tint({ text: 'quiet' })
const accent = tint({ text: 'accent' })
const button = tint({ text: 'onAccent', fill: 'accent' })

const marks = {
  confirmed: { shape: '✓', tone: tint({ text: 'confirmed', edge: 'confirmed' }) },
  waiting: { shape: '…', tone: tint({ text: 'waiting', edge: 'waiting' }) },
  soon: { shape: '!', tone: tint({ text: 'accent', edge: 'accent' }) },
  cancelled: { shape: '✕', tone: tint({ text: 'refusal', edge: 'refusal' }) },
} as const

/** What happened, as a mark and in words; colour only helps. */
export function Opening({
  mark,
  title,
  children,
}: {
  /** Absent: nothing happened that a mark could show. */
  mark?: keyof typeof marks
  title: string
  children: ReactNode
}) {
  return (
    <Section style={{ paddingBottom: 20 }}>
      {mark && <Mark {...marks[mark]} />}
      <Heading as="h1" className={ink.className} style={{ ...ink.style, ...titleStyle }}>
        {title}
      </Heading>
      <Text className={quiet.className} style={{ ...quiet.style, ...introStyle }}>
        {children}
      </Text>
    </Section>
  )
}

function Mark({ shape, tone }: (typeof marks)[keyof typeof marks]) {
  return (
    <div
      data-skip-in-text
      aria-hidden
      className={tone.className}
      style={{ ...tone.style, ...markStyle }}
    >
      {shape}
    </div>
  )
}

/** The one button, as wide as the card, so that a thumb hits it. */
export function MainAction({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Section style={{ paddingTop: 24 }}>
      <Button
        href={href}
        className={button.className}
        style={{ ...button.style, ...buttonStyle, padding: '16px 20px' }}
      >
        {children}
      </Button>
    </Section>
  )
}

export function SideAction({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Section style={{ paddingTop: 16, textAlign: 'center' }}>
      <Link href={href} className={accent.className} style={{ ...accent.style, ...linkStyle }}>
        {children}
      </Link>
    </Section>
  )
}

/** Digits to be read off and typed elsewhere, large and apart. */
export function Code({ label, digits }: { label: string; digits: string }) {
  return (
    <Section style={{ paddingTop: 20, textAlign: 'center' }}>
      <Text className={quiet.className} style={{ ...quiet.style, ...hintStyle, margin: 0 }}>
        {label}
      </Text>
      <Text className={ink.className} style={{ ...ink.style, ...codeStyle }}>
        {digits}
      </Text>
    </Section>
  )
}

export function Hint({ children }: { children: ReactNode }) {
  return (
    <Text className={quiet.className} style={{ ...quiet.style, ...hintStyle }}>
      {children}
    </Text>
  )
}

const markStyle: CSSProperties = {
  width: 36,
  height: 36,
  borderWidth: 2,
  borderStyle: 'solid',
  borderRadius: 20,
  fontSize: size.large,
  fontWeight: 700,
  lineHeight: '36px',
  textAlign: 'center',
}
const titleStyle: CSSProperties = {
  fontSize: size.title,
  fontWeight: 700,
  lineHeight: 1.3,
  letterSpacing: '-0.01em',
  margin: '12px 0 4px',
}
const introStyle: CSSProperties = { fontSize: size.body, lineHeight: 1.5, margin: 0 }
const buttonStyle: CSSProperties = {
  display: 'block',
  borderRadius: 12,
  fontSize: size.body,
  fontWeight: 700,
  textAlign: 'center',
}
const codeStyle: CSSProperties = {
  fontSize: size.title,
  fontWeight: 700,
  letterSpacing: '0.2em',
  lineHeight: 1.4,
  margin: 0,
}
const linkStyle: CSSProperties = { fontSize: size.body, textDecoration: 'underline' }
const hintStyle: CSSProperties = { fontSize: size.small, lineHeight: 1.5, margin: '12px 0 0' }
