/** The tour of two minutes. */
export const tour = {
  title: 'Two-minute tour',
  resume: 'Continue the tour ({{n}} of {{of}})',
  count: '{{n}} of {{of}}',
  later: 'Go on later',
  leave: 'Leave the tour',
  next: 'Next',
  finish: 'Finish',
  leaveUnproven: 'End without the proof',
  step: {
    desk: {
      title: 'Brands and accounts',
      text: 'Each brand has its time zone, its market and the people who decide, and owns its accounts. Here you connect accounts, hold one back, set its posting slots, or stop a single brand.',
    },
    compose: {
      title: 'Writing a post',
      text: 'Write once, choose the accounts, say when: at a time, or each account in its next free slot. What you type is kept as a draft by itself; nothing is scheduled before you press Schedule.',
    },
    calendar: {
      title: 'Queue and calendar',
      text: 'The queue lists every post and changes many at once. The calendar shows the same posts by month, week and day; drag one, or move it with the arrow keys.',
    },
    review: {
      title: 'What waits for you',
      text: 'Posts that were missed, held back, or may be out unconfirmed wait in Review. None of them goes out by itself: a person decides, and nothing is chosen beforehand.',
    },
    stop: {
      title: 'The stop',
      text: 'This button silences every account of every brand at once. It asks nothing. The item in the tray, the command line and a key do the same, each alone. Coming back is deliberate, brand by brand.',
    },
    proof: {
      title: 'Press the stop’s key once',
      text: 'A key counts only after a real press has arrived: another program may hold it back, and nothing but pressing shows that.',
    },
  },
  proof: {
    proven: 'Done: a real press arrived {{when}}. It counts for 30 days.',
    stopped:
      'Everything is stopped now, as it should be. Release the brands from the bar above when you want to publish.',
    publishing:
      'Publishing is on, and a press always stops for real, so the key is not tried now. This step stays open: come back before Start or during a stop.',
    lost: 'No key is registered for the stop: another program has it. The red button, the tray and the command line work.',
    choose: 'Choose another',
  },
} as const;
