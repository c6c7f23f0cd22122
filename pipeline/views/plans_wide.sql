-- One row per plan with names, counts and sums.
WITH docs AS (
    SELECT plan_id, count(*) FILTER (WHERE role_code <> 'mention') AS document_count
    FROM plan_documents GROUP BY plan_id
), aims AS (
    SELECT plan_id, count(*) AS target_count FROM targets WHERE is_primary GROUP BY plan_id
), work AS (
    SELECT plan_id, count(*) AS task_count FROM tasks WHERE is_primary GROUP BY plan_id
), money AS (
    SELECT plan_id, coalesce(
               sum(amount_vnd) FILTER (WHERE phase_code = 'approved'),
               sum(amount_vnd) FILTER (WHERE phase_code = 'planned'),
               sum(amount_vnd) FILTER (WHERE phase_code = 'proposed')
           ) AS budget_vnd,
           sum(amount_vnd) FILTER (WHERE phase_code = 'executed') AS executed_vnd
    FROM budgets WHERE is_additive GROUP BY plan_id
), spent AS (
    SELECT b.plan_id, max_by(b.amount_vnd, (d.issued_date, b.budget_id)) AS executed_vnd
    FROM budgets b JOIN documents d ON d.document_id = b.document_id
    WHERE b.scope_code = 'plan' AND b.breakdown_code = 'total' AND b.phase_code = 'executed' AND d.issued_date IS NOT NULL GROUP BY b.plan_id
), told AS (
    SELECT plan_id, count(*) AS result_count FROM results GROUP BY plan_id
), doubts AS (
    SELECT plan_id, count(*) AS open_issues FROM issues WHERE status_code = 'open' GROUP BY plan_id
)
SELECT p.plan_id, p.number_symbol, p.plan_type_code, kind.label_vi AS plan_type_vi, p.title_vi, p.topic_code, topic.label_vi AS topic_vi,
       p.province_id, pv.name_vi AS province_vi, pv.slug AS province_slug, p.level_code, issuer.name_full_vi AS issuer_vi, p.issued_date, p.period_start_year,
       p.period_end_year, lead.name_full_vi AS lead_agency_vi, p.parent_plan_id, parent.number_symbol AS parent_number, parent.title_vi AS parent_title_vi,
       p.predecessor_plan_id, p.is_stub, coalesce(docs.document_count, 0)::INTEGER AS document_count, coalesce(aims.target_count, 0)::INTEGER AS target_count,
       coalesce(work.task_count, 0)::INTEGER AS task_count, coalesce(told.result_count, 0)::INTEGER AS result_count, money.budget_vnd::BIGINT AS budget_vnd,
       money.budget_vnd / 1e6 AS budget_million_vnd, coalesce(money.executed_vnd, spent.executed_vnd)::BIGINT AS executed_vnd,
       p.targets_coverage, p.tasks_coverage, p.budgets_coverage,
       coalesce(doubts.open_issues, 0)::INTEGER AS open_issues, p.document_id, d.path, d.url
FROM plans p
LEFT JOIN codes kind ON kind.vocab = 'doc_type' AND kind.code = p.plan_type_code
LEFT JOIN codes topic ON topic.vocab = 'topic' AND topic.code = p.topic_code
LEFT JOIN provinces pv ON pv.province_id = p.province_id
LEFT JOIN agencies issuer ON issuer.agency_id = p.issuer_agency_id
LEFT JOIN agencies lead ON lead.agency_id = p.lead_agency_id
LEFT JOIN plans parent ON parent.plan_id = p.parent_plan_id
LEFT JOIN documents d ON d.document_id = p.document_id
LEFT JOIN docs ON docs.plan_id = p.plan_id
LEFT JOIN aims ON aims.plan_id = p.plan_id
LEFT JOIN work ON work.plan_id = p.plan_id
LEFT JOIN money ON money.plan_id = p.plan_id
LEFT JOIN spent ON spent.plan_id = p.plan_id
LEFT JOIN told ON told.plan_id = p.plan_id
LEFT JOIN doubts ON doubts.plan_id = p.plan_id
