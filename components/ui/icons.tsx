import type { ReactNode } from 'react'

/** Line drawings of 20 px. All are decorative; the word beside each says the same. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      {children}
    </svg>
  )
}

export function CrossIcon() {
  return (
    <Icon>
      <path d="M5 5l10 10M15 5L5 15" />
    </Icon>
  )
}

export function CheckIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="8" fill="currentColor" />
      <path d="M6.5 10.500l2.5 2.5 4.5-5.5" className="stroke-raised" />
    </Icon>
  )
}

export function ClockIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="8" strokeDasharray="3 2.6" />
      <path d="M10 6v4.500l2.5 1.5" />
    </Icon>
  )
}

export function WarningIcon() {
  return (
    <Icon>
      <path d="M7 2.500h6L17.5 7v6L13 17.500H7L2.5 13V7z" />
      <path d="M10 6.500v4M10 13.500v.01" />
    </Icon>
  )
}

export function InfoIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="8" />
      <path d="M10 9.500v4M10 6.500v.01" />
    </Icon>
  )
}

export function ChevronDownIcon() {
  return (
    <Icon>
      <path d="M5.5 8l4.5 4.500L14.5 8" />
    </Icon>
  )
}

export function ChevronLeftIcon() {
  return (
    <Icon>
      <path d="M12 5.500L7.500 10l4.500 4.500" />
    </Icon>
  )
}

export function ChevronRightIcon() {
  return (
    <Icon>
      <path d="M8 5.500l4.5 4.500L8 14.5" />
    </Icon>
  )
}

export function ShareIcon() {
  return (
    <Icon>
      <path d="M10 12V3M6.5 6L10 2.500 13.500 6M5 10v6.500h10V10" />
    </Icon>
  )
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="9" cy="9" r="5.5" />
      <path d="M13.5 13.500L17 17" />
    </Icon>
  )
}

export function PhoneIcon() {
  return (
    <Icon>
      <path d="M4 3.500h3l1.5 4-2 1.500a9 9 0 0 0 4.5 4.500l1.5-2 4 1.500v3c0 .6-.5 1-1 1C8.5 17 3 11.5 3 4.500c0-.5.4-1 1-1z" />
    </Icon>
  )
}

export function PinIcon() {
  return (
    <Icon>
      <path d="M10 18c4-4 6-7 6-9.500a6 6 0 1 0-12 0C4 11 6 14 10 18z" />
      <circle cx="10" cy="8.5" r="2" />
    </Icon>
  )
}

/** A triangle, as on warning signs. */
export function AllergyIcon() {
  return (
    <Icon>
      <path d="M10 2.500L18.500 17.500H1.500z" />
      <path d="M10 8v4.500M10 15v.01" />
    </Icon>
  )
}

export function NoteIcon() {
  return (
    <Icon>
      <path d="M4 2.500h12v10.500l-4.500 4.500H4z" />
      <path d="M7 7h6M7 10.500h4" />
    </Icon>
  )
}

/** The four corners of a camera's viewfinder. */
export function ScanIcon() {
  return (
    <Icon>
      <path d="M2.500 6.500v-4h4M13.500 2.500h4v4M17.500 13.500v4h-4M6.500 17.500h-4v-4" />
      <path d="M6.500 6.500h3v3h-3zM12.500 11v2.500M10.500 13.500h3" />
    </Icon>
  )
}

export function MoreIcon() {
  return (
    <Icon>
      <path d="M4.500 10v.01M10 10v.01M15.500 10v.01" strokeWidth="3.500" />
    </Icon>
  )
}

export function CalendarIcon() {
  return (
    <Icon>
      <rect x="3" y="4.5" width="14" height="13" rx="2" />
      <path d="M3 8.500h14M7 2.500v3.500M13 2.500v3.5" />
    </Icon>
  )
}

export function TableIcon() {
  return (
    <Icon>
      <path d="M3 8.500h14M5.500 8.500v8M14.500 8.500v8M6.500 4h7" />
    </Icon>
  )
}
