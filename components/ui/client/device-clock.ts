/**
 * Milliseconds since 1970 by the device's own clock, which may be wrong and may be set. It is the only
 * one that goes on while a device is off, so it tells how old something kept is. For all else it is judged, not trusted.
 */
export const readDeviceMs = (): number => Date.now()
