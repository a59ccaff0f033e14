import { Radio, Stack } from '@mantine/core';
import { Notice } from '../ui/notice.tsx';

/** Asks what is meant where the clocks change; what is chosen until then is `value`. */
export function ClockQuestion<Choice extends string>(props: {
  label: string;
  choices: readonly { readonly value: Choice; readonly label: string }[];
  value: Choice;
  onChange: (choice: Choice) => void;
}) {
  return (
    <Notice tone="warn">
      <Radio.Group
        label={props.label}
        value={props.value}
        onChange={(value) => {
          const choice = props.choices.find((one) => one.value === value);
          if (choice) props.onChange(choice.value);
        }}
      >
        <Stack gap={6} mt="xs">
          {props.choices.map((choice) => (
            <Radio key={choice.value} value={choice.value} label={choice.label} />
          ))}
        </Stack>
      </Radio.Group>
    </Notice>
  );
}
