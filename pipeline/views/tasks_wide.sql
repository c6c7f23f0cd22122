-- One row per task with its plan, group, agencies by role, years, category and money.
WITH who AS (
    SELECT ta.task_id,
           string_agg(coalesce(a.name_full_vi, ta.mention_text), '; ' ORDER BY ta.ordinal) FILTER (WHERE ta.role_code = 'lead') AS lead_vi,
           string_agg(coalesce(a.name_full_vi, ta.mention_text), '; ' ORDER BY ta.ordinal) FILTER (WHERE ta.role_code = 'cooperate') AS cooperating_vi,
           string_agg(ta.role_code || ': ' || coalesce(a.name_full_vi, ta.mention_text), '; ' ORDER BY ta.ordinal)
               FILTER (WHERE ta.role_code NOT IN ('lead', 'cooperate')) AS other_roles_vi
    FROM task_agencies ta LEFT JOIN agencies a ON a.agency_id = ta.agency_id
    GROUP BY ta.task_id
), money AS (
    SELECT task_id, coalesce(
               sum(amount_vnd) FILTER (WHERE phase_code = 'approved'),
               sum(amount_vnd) FILTER (WHERE phase_code = 'planned'),
               sum(amount_vnd) FILTER (WHERE phase_code = 'proposed')
           ) AS budget_vnd
    FROM budgets WHERE is_additive AND task_id IS NOT NULL GROUP BY task_id
), doubts AS (
    SELECT row_id, count(*) AS open_issues FROM issues WHERE status_code = 'open' AND table_name = 'tasks' GROUP BY row_id
)
SELECT t.task_id, t.plan_id, p.number_symbol AS plan_number, p.title_vi AS plan_title_vi, p.topic_code, pv.name_vi AS province_vi, pv.slug AS province_slug,
       p.issued_date, t.task_kind_code, kind.label_vi AS task_kind_vi, g.name_vi AS group_vi, t.label, t.name_vi, t.content_vi, t.expected_result_vi, t.category_code,
       category.label_vi AS category_vi, who.lead_vi, who.cooperating_vi, who.other_roles_vi, t.time_text, t.start_year, t.end_year, t.recurrence_code,
       t.deadline_text, t.deadline_date, money.budget_vnd::BIGINT AS budget_vnd, money.budget_vnd / 1e6 AS budget_million_vnd, t.is_primary,
       coalesce(doubts.open_issues, 0)::INTEGER AS open_issues, t.document_id, d.path, t.section, t.page, t.quote
FROM tasks t
JOIN plans p ON p.plan_id = t.plan_id
LEFT JOIN task_groups g ON g.task_group_id = t.task_group_id
LEFT JOIN provinces pv ON pv.province_id = p.province_id
LEFT JOIN codes kind ON kind.vocab = 'task_kind' AND kind.code = t.task_kind_code
LEFT JOIN codes category ON category.vocab = 'category' AND category.code = t.category_code
LEFT JOIN documents d ON d.document_id = t.document_id
LEFT JOIN who ON who.task_id = t.task_id
LEFT JOIN money ON money.task_id = t.task_id
LEFT JOIN doubts ON doubts.row_id = t.task_id
