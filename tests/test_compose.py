"""docker-compose.yml and the Dockerfile, as far as they can be read without an engine."""

import re
from pathlib import Path

import yaml
from django.conf import settings


ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]


def test_the_portal_and_all_it_needs_are_there():
    assert set(SERVICES) == {*OURS, "postgres", "redis", "mail"}
    assert [name for name in SERVICES if SERVICES[name].get("image", "").endswith(":latest")] == []


def test_no_secret_has_a_default():
    named = re.findall(r"\$\{(\w*(?:SECRET|PASSWORD)\w*)(:?[-?=]?[^}]*)\}", TEXT)

    assert {name for name, _ in named} == {
        "SECRET_KEY",
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
        "EMAIL_HOST_PASSWORD",
    }
    for name, default in named:
        assert default.startswith(":?") or (name, default) == ("EMAIL_HOST_PASSWORD", ":-")


def test_the_portal_reads_each_variable_it_is_given():
    source = (ROOT / "incubator/settings.py").read_text()

    for name in OURS:
        for variable in set(SERVICES[name]["environment"]) - {"REMAP_SIGTERM"}:
            assert f'"{variable}"' in source, variable


def test_the_portal_can_write_nothing_and_become_nobody_else():
    for name in OURS:
        assert SERVICES[name]["read_only"]
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_only_this_machine_reaches_the_ports():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_what_is_kept_is_on_a_volume_and_every_dependency_exists():
    mounted = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
    }

    assert mounted == set(COMPOSE["volumes"])
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)


def test_the_broker_loses_nothing():
    assert "--appendonly yes" in SERVICES["redis"]["command"]
    assert "--maxmemory-policy noeviction" in SERVICES["redis"]["command"]


def test_the_image_runs_as_someone_without_rights():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last_stage = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM ")) :]

    assert "USER portal" in last_stage
    assert [line for line in last_stage if re.match(r"(ENV|ARG) .*(SECRET|PASSWORD)", line)] == []
    for copied in re.findall(r"^COPY (?!--from)(\S+)", "\n".join(lines), re.M):
        assert (ROOT / copied).exists()
