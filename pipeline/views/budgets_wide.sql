-- The amounts that a plain sum may add, with plan, place, group, task, category and sources by name.
WITH doubts AS (
    SELECT row_id, count(*) AS open_issues FROM issues WHERE status_code = 'open' AND table_name = 'budgets' GROUP BY row_id
), payers AS (
    SELECT x.budget_id, string_agg(coalesce(c.label_vi, x.code), '; ' ORDER BY x.n) AS sources_vi
    FROM (
        SELECT budget_id, unnest(source_codes) AS code, generate_subscripts(source_codes, 1) AS n FROM budgets WHERE is_additive
    ) x LEFT JOIN codes c ON c.vocab = 'budget_source' AND c.code = x.code
    GROUP BY x.budget_id
)
SELECT b.budget_id, b.plan_id, p.number_symbol AS plan_number, p.title_vi AS plan_title_vi, p.topic_code, pv.name_vi AS province_vi, pv.slug AS province_slug,
       p.issued_date, b.scope_code, b.breakdown_code, b.phase_code, phase.label_vi AS phase_vi, b.task_group_id, g.name_vi AS group_vi, b.task_id,
       t.name_vi AS task_vi, coalesce(t.category_code, list_extract(g.category_codes, 1)) AS category_code, b.line_label, b.line_name_vi, b.year,
       b.period_start_year, b.period_end_year, b.source_codes, payers.sources_vi, b.amount_vnd, b.amount_vnd / 1e6 AS amount_million_vnd, b.amount_text,
       b.is_conditional, b.condition_text, coalesce(doubts.open_issues, 0)::INTEGER AS open_issues, b.document_id, d.path, b.section, b.page, b.quote
FROM budgets b
JOIN plans p ON p.plan_id = b.plan_id
LEFT JOIN provinces pv ON pv.province_id = p.province_id
LEFT JOIN codes phase ON phase.vocab = 'phase' AND phase.code = b.phase_code
LEFT JOIN tasks t ON t.task_id = b.task_id
LEFT JOIN task_groups g ON g.task_group_id = coalesce(b.task_group_id, t.task_group_id)
LEFT JOIN documents d ON d.document_id = b.document_id
LEFT JOIN payers ON payers.budget_id = b.budget_id
LEFT JOIN doubts ON doubts.row_id = b.budget_id
WHERE b.is_additive
