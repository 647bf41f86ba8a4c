import type { Generated } from 'kysely';
import type { DefaultedJson, Json, Timestamp } from './columns.ts';

/** Questions that messages ask, and what people answered. */
export interface SurveysTables {
  survey: SurveyTable;
  survey_answer: SurveyAnswerTable;
}

export interface SurveyTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  questions: Json;
  answer_hours: number;
  created_by: string;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface SurveyAnswerTable {
  lane: number;
  user_id: number;
  survey_id: number;
  question: string;
  project_id: number;
  answer: string;
  score: number | null;
  message_id: number | null;
  former: DefaultedJson;
  at: Timestamp;
}
