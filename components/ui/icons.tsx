import { Icon } from './icon'

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

export function ChevronDownIcon() {
  return (
    <Icon>
      <path d="M5.5 8l4.5 4.500L14.5 8" />
    </Icon>
  )
}
