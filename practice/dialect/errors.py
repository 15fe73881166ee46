"""What the wire says when a call fails; permission is a 401, and there are several shapes of body."""

from __future__ import annotations

from practice.store.rows import Json


class ApiError(Exception):
    """Ends a call with this status and body: JSON, or plain text."""

    def __init__(self, status: int, body: Json | str) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


def not_signed_in() -> ApiError:
    """No credentials at all."""
    return ApiError(401, {"errors": ["You need to sign in or sign up before continuing."]})


def bad_login() -> ApiError:
    """Unknown e-mail address or wrong password."""
    body = {"success": False, "errors": ["Invalid login credentials. Please try again."]}
    return ApiError(401, body)


def wrong_code() -> ApiError:
    """A code of the second step that does not fit."""
    return ApiError(400, {"error": "Invalid verification code"})


def late_code() -> ApiError:
    """A second step whose first one is unknown, or too long ago."""
    return ApiError(401, {"error": "Invalid or expired MFA token"})


def bad_token() -> ApiError:
    """An access token that nobody has."""
    return ApiError(401, {"error": "Invalid Access Token"})


def not_a_member() -> ApiError:
    """A good token, for another account."""
    return ApiError(401, {"error": "You are not authorized to access this account"})


def forbidden() -> ApiError:
    """The caller may not do this."""
    return ApiError(401, {"error": "You are not authorized to do this action"})


def switched_off(feature: str) -> ApiError:
    """A part of the server that this account has not switched on."""
    return ApiError(403, {"error": f"The feature {feature} is not enabled for this account"})


def not_found() -> ApiError:
    """A record that does not exist."""
    return ApiError(404, {"error": "Resource could not be found"})


def no_route() -> ApiError:
    """An address or method that is not served, or a record missing on the customer's side."""
    return ApiError(404, {"status": 404, "error": "Not Found"})


def unprocessable(reason: str) -> ApiError:
    """A missing or wrong parameter."""
    return ApiError(422, {"error": reason})


def invalid(message: str, *attributes: str) -> ApiError:
    """A value that a record does not take."""
    return ApiError(422, {"message": message, "attributes": list(attributes)})


def too_large() -> ApiError:
    """A body above the limit."""
    return ApiError(413, {"error": "The request body is larger than this desk takes (1 MiB)"})


def file_too_large(limit: int) -> ApiError:
    """Files above the limit of ``limit`` bytes."""
    size = f"{limit / 1024 / 1024:g} MB"
    return unprocessable(f"Validation failed: Attachments are larger than this desk takes ({size})")


def throttled() -> ApiError:
    """Called too often; nothing says when to come back, as on the real server."""
    return ApiError(429, "Retry later\n")


def internal() -> ApiError:
    """Something broke, or a value that the real server breaks on."""
    return ApiError(500, {"status": 500, "error": "Internal Server Error"})
