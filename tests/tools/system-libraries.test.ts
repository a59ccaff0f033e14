import { expect, test } from 'vitest';
import { choosePackage, readOffers } from '../../tools/system-libraries.ts';

const debian12 = `libasound2:
  Installed: (none)
  Candidate: 1.2.8-1+b1
  Version table:
     1.2.8-1+b1 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
`;
/** Ubuntu 24.04 knows the old name only as something that others provide. */
const ubuntu2404 = `libasound2t64:
  Installed: (none)
  Candidate: 1.2.11-1build2
  Version table:
     1.2.11-1build2 500
        500 http://archive.ubuntu.com/ubuntu noble/main amd64 Packages
libasound2:
  Installed: (none)
  Candidate: (none)
  Version table:
`;

test('the package is called what the distribution calls it', () => {
  const names = ['libasound2t64', 'libasound2'];
  expect(choosePackage(names, readOffers(debian12))).toBe('libasound2');
  expect(choosePackage(names, readOffers(ubuntu2404))).toBe('libasound2t64');
});

test('a name that nothing is offered for is asked for all the same, so that apt says what is wrong', () => {
  expect(choosePackage(['libasound2t64', 'libasound2'], readOffers(''))).toBe('libasound2');
});
