// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {
    IAccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

contract LedgerRolesTest is TestBase {
    function test_the_constructor_gives_each_role_once() public view {
        vm.assertTrue(ledger.hasRole(ledger.ANCHORER(), ANCHORER));
        vm.assertTrue(ledger.hasRole(ledger.REGISTRAR(), REGISTRAR));
        vm.assertTrue(ledger.hasRole(ledger.REVIEWER(), REVIEWER));
        vm.assertTrue(ledger.defaultAdmin() == ADMIN);
        vm.assertFalse(ledger.hasRole(bytes32(0), address(this)));
    }

    function test_one_account_cannot_be_deployed_with_two_roles() public {
        bytes32 held = ledger.REGISTRAR();
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.AccountHasAnotherRole.selector, REGISTRAR, held));
        this.deployAs(ADMIN, ANCHORER, REGISTRAR, REGISTRAR);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.AccountHasAnotherRole.selector, ADMIN, bytes32(0)));
        this.deployAs(ADMIN, ADMIN, REGISTRAR, REVIEWER);
    }

    /// @dev A call of its own, so that `expectRevert` means the deployment and not the reading of the artifact.
    function deployAs(address admin, address anchorer, address registrar, address reviewer) external {
        deploy(admin, anchorer, registrar, reviewer);
    }

    function test_the_admin_cannot_give_an_account_a_second_role() public {
        bytes32 anchorer = ledger.ANCHORER();
        bytes32 reviewer = ledger.REVIEWER();
        vm.startPrank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.AccountHasAnotherRole.selector, REVIEWER, reviewer));
        ledger.grantRole(anchorer, REVIEWER);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.AccountHasAnotherRole.selector, ADMIN, bytes32(0)));
        ledger.grantRole(reviewer, ADMIN);
        vm.assertFalse(ledger.hasRole(anchorer, REVIEWER));
    }

    function test_a_stolen_key_is_replaced_by_the_admin() public {
        bytes32 anchorer = ledger.ANCHORER();
        vm.startPrank(ADMIN);
        ledger.revokeRole(anchorer, ANCHORER);
        ledger.grantRole(anchorer, address(0xA9));
        vm.assertFalse(ledger.hasRole(anchorer, ANCHORER));
        vm.assertTrue(ledger.hasRole(anchorer, address(0xA9)));
    }

    function test_nobody_else_names_roles() public {
        bytes32 anchorer = ledger.ANCHORER();
        vm.prank(REGISTRAR);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, REGISTRAR, bytes32(0))
        );
        ledger.grantRole(anchorer, address(0xBAD));
    }

    function test_the_admin_hands_over_in_two_steps_and_two_days() public {
        address successor = address(0xAA);
        vm.prank(ADMIN);
        ledger.beginDefaultAdminTransfer(successor);
        vm.warp(START + 2 days);
        vm.prank(successor);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminDelay.selector, START + 2 days
            )
        );
        ledger.acceptDefaultAdminTransfer();
        vm.warp(START + 2 days + 1);
        vm.prank(successor);
        ledger.acceptDefaultAdminTransfer();
        vm.assertTrue(ledger.defaultAdmin() == successor);
    }

    function test_a_role_holder_cannot_accept_the_admins_office() public {
        bytes32 held = ledger.REGISTRAR();
        vm.prank(ADMIN);
        ledger.beginDefaultAdminTransfer(REGISTRAR);
        vm.warp(START + 3 days);
        vm.prank(REGISTRAR);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.AccountHasAnotherRole.selector, REGISTRAR, held));
        ledger.acceptDefaultAdminTransfer();
        vm.assertTrue(ledger.defaultAdmin() == ADMIN);
    }
}
