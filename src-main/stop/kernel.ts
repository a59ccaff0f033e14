/**
 * The version of the stop itself: gate, permit, latch, lease. Raise it with every change of what they do or how their files read. The
 * first start with another one is held until a person has looked and released: no unexpected start-up after a change of the stop
 * (Directive 2006/42/EC, 1.2.1). Other changes of the app hold nothing; they end the proof of the shortcut.
 */
export const STOP_KERNEL = 1;
