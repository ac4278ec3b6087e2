"""Functions on texts: values from XPath 1.0, section 4.2, and from the ODK page of functions."""

from base64 import b64encode

import pytest

from tests.forms.expressions.world import text

STRINGS = {
    "string(12.50)": "12.5",
    "string(true())": "true",
    "string(/data/kids/kname)": "Ann",
    "string(/data/nowhere)": "",
    "concat('a', 'b', 'c')": "abc",
    "concat('a')": "a",
    "concat()": "",
    "concat('a', 1, true())": "a1true",
    "concat(/data/kids/kname)": "AnnBoCy",
    "concat(/data/kids/kname, '-', /data/kids/kage)": "AnnBoCy-47",
    "concat(/data/nowhere, 'x')": "x",
    "join(', ', /data/kids/kname)": "Ann, Bo, Cy",
    "join(' ', 'a', 'b')": "a b",
    "join('-', /data/kids/kname, 'Di')": "Ann-Bo-Cy-Di",
    "join(',', /data/nowhere)": "",
    "join(',')": "",
    "contains('Amina', 'min')": "true",
    "contains('Amina', 'MIN')": "false",
    "contains('Amina', '')": "true",
    "contains('', 'x')": "false",
    "contains(/data/name, 'A')": "true",
    "starts-with('Amina', 'Am')": "true",
    "starts-with('Amina', 'm')": "false",
    "starts-with('Amina', '')": "true",
    "ends-with('Amina', 'na')": "true",
    "ends-with('Amina', 'n')": "false",
    "ends-with('', 'n')": "false",
    "substring('12345', 2, 3)": "234",
    "substring('12345', 2)": "2345",
    "substring('12345', 1.5, 2.6)": "234",
    "substring('12345', 0, 3)": "12",
    "substring('12345', 0 div 0, 3)": "",
    "substring('12345', 1, 0 div 0)": "",
    "substring('12345', -42, 1 div 0)": "12345",
    "substring('12345', -1 div 0, 1 div 0)": "",
    "substring('12345', 6)": "",
    "substring('12345', 2, -1)": "",
    "substr('hello', 1)": "ello",
    "substr('hello', 1, 3)": "el",
    "substr('hello', 0, 99)": "hello",
    "substr('hello', 2, 2)": "",
    "substr('hello', 3, 1)": "",
    "substr('hello', -3)": "llo",
    "substr('hello', 0, -1)": "hell",
    "substr('hello', 99)": "",
    "substr('hello', 'x')": "",
    "substr('', 0, 1)": "",
    "substring-before('1999/04/01', '/')": "1999",
    "substring-before('1999', '/')": "",
    "substring-before('/1999', '/')": "",
    "substring-before('1999', '')": "",
    "substring-after('1999/04/01', '/')": "04/01",
    "substring-after('1999/04/01', '19')": "99/04/01",
    "substring-after('1999', '/')": "",
    "substring-after('1999', '')": "1999",
    "translate('bar', 'abc', 'ABC')": "BAr",
    "translate('--aaa--', 'abc-', 'ABC')": "AAA",
    "translate('aab', 'aa', 'xy')": "xxb",
    "translate('abc', '', 'x')": "abc",
    "translate('ABC', 'ABC', 'abcdef')": "abc",
    "string-length('hello')": "5",
    "string-length('')": "0",
    "string-length('Ελλάδα')": "6",
    "string-length('😀')": "1",
    "string-length(/data/name)": "5",
    "string-length()": "0",
    "normalize-space('  a   b  ')": "a b",
    "normalize-space('')": "",
    "normalize-space('a\u00a0b')": "a\u00a0b",
    "normalize-space('\t a\nb ')": "a b",
    "boolean-from-string('true')": "true",
    "boolean-from-string('1')": "true",
    "boolean-from-string('false')": "false",
    "boolean-from-string('yes')": "false",
    "boolean-from-string('')": "false",
    "boolean-from-string(1)": "true",
    "boolean-from-string(/data/false)": "false",
    "base64-decode('SGVsbG8=')": "Hello",
    "base64-decode('4piD')": "☃",
    "base64-decode('no base64')": "",
    "base64-decode('')": "",
    "property('deviceid')": "",
    "version()": "2026-1",
    "jr:itext('/data/name:label')": "«/data/name:label»",
}


@pytest.mark.parametrize(("expression", "expected"), STRINGS.items())
def test_strings(expression: str, expected: str) -> None:
    assert text(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    {
        "string()": "Bo",
        "string-length()": "2",
        "normalize-space()": "Bo",
        "string-length(.)": "2",
        "number()": "NaN",
        "name()": "kname",
        "local-name()": "kname",
    }.items(),
)
def test_without_an_argument_it_is_about_the_node(expression: str, expected: str) -> None:
    assert text(expression, "kids[2]/kname") == expected


# FIPS 180-4 and RFC 1321 publish the digests of "abc" and of nothing.
DIGESTS = {
    "digest('', 'MD5', 'hex')": "d41d8cd98f00b204e9800998ecf8427e",
    "digest('abc', 'MD5', 'hex')": "900150983cd24fb0d6963f7d28e17f72",
    "digest('abc', 'SHA-1', 'hex')": "a9993e364706816aba3e25717850c26c9cd0d89d",
    "digest('abc', 'SHA-1')": "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
    "digest('abc', 'SHA-256', 'hex')": (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ),
    "digest('abc', 'SHA-256', 'base64')": "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
    "digest('abc', 'SHA-384', 'hex')": (
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        "8086072ba1e7cc2358baeca134c825a7"
    ),
    "digest('abc', 'SHA-512', 'hex')": (
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
    "digest(concat('a', 'bc'), concat('MD', 5), 'hex')": "900150983cd24fb0d6963f7d28e17f72",
}


@pytest.mark.parametrize(("expression", "expected"), DIGESTS.items())
def test_digests(expression: str, expected: str) -> None:
    assert text(expression) == expected


# RFC 8032, section 7.1, test 2: the message is the letter r.
def test_what_a_key_has_signed_is_read() -> None:
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    public = b64encode(key).decode()
    signed, forged = (b64encode(signature + said).decode() for said in (b"r", b"s"))
    assert text(f"extract-signed('{signed}', '{public}')") == "r"
    assert text(f"extract-signed('{forged}', '{public}')") == ""
    assert text(f"extract-signed('{signed}', 'AAAA')") == ""
    assert text(f"extract-signed('', '{public}')") == ""
