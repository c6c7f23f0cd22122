-- One row per target with its plan, place and unit by name, and the target of the plan carried out beside it.
WITH doubts AS (
    SELECT row_id, count(*) AS open_issues FROM issues WHERE status_code = 'open' AND table_name = 'targets' GROUP BY row_id
), above AS (
    SELECT target_id, first(compared_value_text ORDER BY compared_id) AS parent_value_text, first(comparison_code ORDER BY compared_id) AS parent_comparison_code
    FROM comparisons WHERE relation_code = 'parent_target' GROUP BY target_id
)
SELECT t.target_id, t.plan_id, p.number_symbol AS plan_number, p.title_vi AS plan_title_vi, p.topic_code, pv.name_vi AS province_vi, pv.slug AS province_slug,
       p.issued_date, t.target_kind, t.text_vi, t.population_text, t.value_text, t.value_kind, t.value, t.value_min, t.value_max, t.unit_code,
       unit.label_vi AS unit_vi, t.direction_code, t.target_year, t.baseline_value, t.baseline_year, above.parent_value_text, above.parent_comparison_code,
       t.is_primary, coalesce(doubts.open_issues, 0)::INTEGER AS open_issues, t.document_id, d.path, t.section, t.page, t.quote
FROM targets t
JOIN plans p ON p.plan_id = t.plan_id
LEFT JOIN provinces pv ON pv.province_id = p.province_id
LEFT JOIN codes unit ON unit.vocab = 'unit' AND unit.code = t.unit_code
LEFT JOIN documents d ON d.document_id = t.document_id
LEFT JOIN above ON above.target_id = t.target_id
LEFT JOIN doubts ON doubts.row_id = t.target_id
