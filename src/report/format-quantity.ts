/** Seconds as people read them, three digits or so: `410 ns`, `12.3 ms`, `2.71 s`, `3 min 04 s`, `2 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (seconds >= 3599.5) {
    const minutes = Math.round(seconds / 60)
    return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
  }
  if (seconds >= 59.95) {
    const whole = Math.round(seconds)
    return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`
  }
  const unit = durationUnits.find(({ size }) => seconds >= size * 0.9995) ?? nanosecond
  return `${threeDigits(seconds / unit.size)} ${unit.name}`
}

/** Bytes in binary units: `512 B`, `1.5 KiB`, `179 MiB`. */
export function formatSize(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < sizeUnits.length - 1) {
    size /= 1024
    unit += 1
  }
  return unit === 0 ? `${bytes} B` : `${threeDigits(size)} ${sizeUnits[unit]}`
}

/** An xsd:dateTime in the reader's time zone, to the second: `2026-11-23 20:14:02`. */
export function formatTime(dateTime: string): string {
  // Nanoseconds are more than Date reads on some engines.
  const date = new Date(dateTime.replace(/(\.\d{3})\d+/, '$1'))
  if (Number.isNaN(date.getTime())) return dateTime
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')}`
}

const nanosecond = { size: 1e-9, name: 'ns' }
const durationUnits = [
  { size: 1, name: 's' },
  { size: 1e-3, name: 'ms' },
  { size: 1e-6, name: 'µs' },
  nanosecond,
]
const sizeUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

function threeDigits(number: number): string {
  if (number === 0) return '0'
  return number >= 99.95 ? number.toFixed(0) : number >= 9.995 ? number.toFixed(1) : number.toFixed(2)
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
