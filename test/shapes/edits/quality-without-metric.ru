#+ summary: A measurement without a metric measures nothing.
#+ finds: quality-metrics <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { run:quality-1 dqv:isMeasurementOf ?metric }
