import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of these files. `claimed` is what it says a file is unpacked, where that is a lie. */
export function makeZip(
  files: Readonly<Record<string, string>>,
  claimed: Record<string, number> = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(data), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claimed[name] ?? data.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), packed]);
    const central = Buffer.alloc(46);
    central.write('PK\u0001\u0002', 'latin1');
    central.writeUInt16LE(20, 4);
    head.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}

/** The parts of a workbook, as spreadsheets write them. Styles: 1 a day, 2 day and time, 3 a time of day, 4 'dd/mm/yy hh:mm' of its own. */
export function workbookParts(
  sheets: Readonly<Record<string, string>>,
  more: { strings?: readonly string[]; is1904?: boolean } = {},
): Record<string, string> {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types/>`,
    'xl/workbook.xml': `${head}<workbook ${ns} xmlns:r="r"><workbookPr${more.is1904 ? ' date1904="1"' : ''}/><sheets>${names
      .map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships>${names
      .map((_, n) => `<Relationship Id="rId${n + 1}" Target="worksheets/sheet${n + 1}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml': `${head}<styleSheet ${ns}><numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\/yy\\ hh:mm;@"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
  };
  if (more.strings) parts['xl/sharedStrings.xml'] = `${head}<sst ${ns}>${more.strings.join('')}</sst>`;
  for (const [n, rows] of Object.values(sheets).entries())
    parts[`xl/worksheets/sheet${n + 1}.xml`] =
      `${head}<worksheet ${ns}><sheetData>${rows}</sheetData></worksheet>`;
  return parts;
}
