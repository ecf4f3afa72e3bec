import { Icon } from './icon'

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

export function ScanIcon() {
  return (
    <Icon>
      <path d="M2.500 6.500v-4h4M13.500 2.500h4v4M17.500 13.500v4h-4M6.500 17.500h-4v-4" />
      <path d="M6.500 6.500h3v3h-3zM12.500 11v2.500M10.500 13.500h3" />
    </Icon>
  )
}

/** A list of what was done. */
export function ActsIcon() {
  return (
    <Icon>
      <path d="M4 5.500h.01M7.500 5.500h9M4 10h.01M7.500 10h9M4 14.500h.01M7.500 14.500h9" />
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
