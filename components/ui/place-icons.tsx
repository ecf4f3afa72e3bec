import { Icon } from './icon'

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

export function TableIcon() {
  return (
    <Icon>
      <path d="M3 8.500h14M5.500 8.500v8M14.500 8.500v8M6.500 4h7" />
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

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="9" cy="9" r="5.5" />
      <path d="M13.5 13.500L17 17" />
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

export function ChevronLeftIcon() {
  return (
    <Icon>
      <path d="M12 5.500L7.500 10l4.500 4.500" />
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
