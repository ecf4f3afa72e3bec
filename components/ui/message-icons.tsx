import { Icon } from './icon'

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
