import { parseSync } from '@swc/core';

/** One small wrong change of a source: the bytes from `start` to `end` become `text`. */
export type Mutant = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly line: number;
  readonly what: string;
};

const SWAPS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
};

type Node = {
  readonly type: string;
  readonly span: { readonly start: number; readonly end: number };
} & Record<string, unknown>;

/** Every mutant of a source: comparisons swapped, conditions negated, statements dropped, constants and answers changed. */
export function listMutants(source: string): readonly Mutant[] {
  // Spans count on from file to file; an empty statement in front tells where this one begins.
  const program = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' }) as unknown as {
    readonly body: readonly Node[];
  };
  const base = (program.body[0]?.span.start ?? 0) + 1;
  const bytes = Buffer.from(source);
  const found: Mutant[] = [];
  const textOf = (node: Node) => bytes.toString('utf8', node.span.start - base, node.span.end - base);
  const add = (node: Node, text: string, what: string) => {
    const start = node.span.start - base;
    const line = bytes.toString('utf8', 0, start).split('\n').length;
    found.push({ start, end: node.span.end - base, text, line, what });
  };

  function visit(node: Node): void {
    switch (node.type) {
      case 'BinaryExpression': {
        const to = SWAPS[String(node.operator)];
        const left = textOf(node.left as Node);
        const right = textOf(node.right as Node);
        if (to) add(node, `((${left}) ${to} (${right}))`, `${node.operator} becomes ${to}`);
        break;
      }
      case 'UnaryExpression':
        if (node.operator === '!') add(node, `(${textOf(node.argument as Node)})`, 'the ! is gone');
        break;
      case 'IfStatement':
      case 'ConditionalExpression':
        add(node.test as Node, `!(${textOf(node.test as Node)})`, 'the condition is negated');
        break;
      case 'BooleanLiteral':
        add(node, String(!node.value), `${node.value} becomes ${!node.value}`);
        break;
      case 'NumericLiteral':
        add(node, String(Number(node.value) + 1), `${node.value} becomes one more`);
        break;
      case 'ExpressionStatement':
        add(node, ';', 'the statement is gone');
        break;
      case 'ReturnStatement':
        // Nothing is as false as false.
        if (node.argument && textOf(node.argument as Node) !== 'false')
          add(node, 'return undefined as never;', 'nothing is returned');
        break;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'typeAnnotation' || key === 'typeParams' || key === 'returnType') continue;
      for (const child of Array.isArray(value) ? value : [value]) visitAny(child);
    }
  }

  function visitAny(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (typeof node.type !== 'string') {
      for (const child of Object.values(node)) visitAny(child);
      return;
    }
    if (node.type.startsWith('Ts') && !/AsExpression|NonNull|Satisfies|Const/u.test(node.type)) return;
    if (node.type === 'ImportDeclaration') return;
    visit(node);
  }

  for (const node of program.body.slice(1)) visitAny(node);
  return found;
}

/** Lines that hold code: no blank ones, no comments, no imports and no types, which are gone when it runs. */
export function countCode(source: string): number {
  const program = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' }) as unknown as {
    readonly body: readonly Node[];
  };
  const base = (program.body[0]?.span.start ?? 0) + 1;
  const bytes = Buffer.from(source);
  const isGone = (node: Node) => {
    const declared = (node.declaration as Node | undefined)?.type ?? node.type;
    return node.type === 'ImportDeclaration' || declared.startsWith('Ts');
  };
  return program.body
    .slice(1)
    .filter((node) => !isGone(node))
    .flatMap(({ span }) =>
      bytes
        .toString('utf8', span.start - base, span.end - base)
        .replaceAll(/\/\*[\s\S]*?\*\//gu, '')
        .split('\n'),
    )
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}
