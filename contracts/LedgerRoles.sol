// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    AccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";
import {LedgerTypes} from "./LedgerTypes.sol";

/// @title Who may do what
/// @notice Four separate powers; README.md says what each key can do when stolen. The administrator (OpenZeppelin's
/// default admin) only names the holders of the other roles, and hands its own office over in two steps.
abstract contract LedgerRoles is AccessControlDefaultAdminRules, LedgerTypes {
    /// @notice May call `extendLog` and nothing else: a hot key.
    bytes32 public constant ANCHORER = keccak256("ANCHORER");
    /// @notice Opens tenders, closes stages, announces awards, cancels.
    bytes32 public constant REGISTRAR = keccak256("REGISTRAR");
    /// @notice The review body: never the same account as any of the others.
    bytes32 public constant REVIEWER = keccak256("REVIEWER");

    /// @notice Time between beginning and accepting a transfer of the admin's office: long enough to be noticed.
    uint48 private constant ADMIN_TRANSFER_DELAY = 2 days;

    constructor(address admin, address anchorer, address registrar, address reviewer)
        AccessControlDefaultAdminRules(ADMIN_TRANSFER_DELAY, admin)
    {
        _grantRole(ANCHORER, anchorer);
        _grantRole(REGISTRAR, registrar);
        _grantRole(REVIEWER, reviewer);
    }

    /// @dev Every way to a role (constructor, `grantRole`, `acceptDefaultAdminTransfer`) passes here.
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        _refuseOtherRole(account, role, DEFAULT_ADMIN_ROLE);
        _refuseOtherRole(account, role, ANCHORER);
        _refuseOtherRole(account, role, REGISTRAR);
        _refuseOtherRole(account, role, REVIEWER);
        return super._grantRole(role, account);
    }

    function _refuseOtherRole(address account, bytes32 wanted, bytes32 other) private view {
        if (wanted != other && hasRole(other, account)) revert AccountHasAnotherRole(account, other);
    }
}
