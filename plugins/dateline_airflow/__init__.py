"""The Airflow edge: hooks, assets and operators around the core, which never imports Airflow."""
